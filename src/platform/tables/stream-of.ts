type Bytes = Uint8Array<ArrayBuffer>

/**
 * What is written piece by piece, as a stream: `write` emits bytes and yields where it may be left waiting. It goes on when
 * somebody takes more, and ends early, with what it holds open, when nobody does.
 */
export function streamOf(
  write: (emit: (bytes: Bytes) => void) => AsyncGenerator<void>,
): ReadableStream<Bytes> {
  let controller: ReadableStreamDefaultController<Bytes>
  let emitted = false
  const parts = write((bytes) => {
    emitted = true
    controller.enqueue(bytes)
  })
  return new ReadableStream<Bytes>(
    {
      start(opened) {
        controller = opened
      },
      async pull() {
        emitted = false
        // A stream that got nothing is not asked to go on.
        while (!emitted) {
          const { done } = await parts.next()
          if (done === true) return controller.close()
        }
      },
      async cancel() {
        await parts.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
}
