import { DurableObject } from 'cloudflare:workers'
import { createKeyedMutex } from '../../kernel/commit/keyed-mutex.ts'

/** Who has the turn longer than this is thought dead; the schema's keys decide where it still lives. */
const TURN_MILLISECONDS = 30_000
/** Pages of one conversation that are told of news; the oldest goes where one more comes. */
const MOST_PAGES = 8

/**
 * One person's queue, a Durable Object for each address: whichever Worker a message comes to, its turn is taken there
 * and here is said when. Calls of an object interleave at each await, so that the order is that of a queue. It stores
 * nothing: one that is evicted begins empty, and then the keys of the turns keep what is written whole.
 *
 * It also holds the connections of the person's open pages while it sleeps, and tells them that there is something new;
 * what it is they ask for themselves.
 */
export class PersonQueue extends DurableObject {
  readonly #inTurn = createKeyedMutex()

  constructor(...[ctx, env]: ConstructorParameters<typeof DurableObject>) {
    super(ctx, env)
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'))
  }

  /** Calls back when it is this one's turn, and returns when it is over; the pages hear of it. */
  async take(turn: () => Promise<void>): Promise<void> {
    try {
      await this.#inTurn('', () => withinTime(turn))
    } finally {
      this.tell()
    }
  }

  /** Tells the open pages that there may be something new. */
  tell(): void {
    for (const socket of this.ctx.getWebSockets()) socket.send('new')
  }

  /** A page connects; the Worker has seen whose it is. */
  fetch(request: Request): Response {
    const { 0: page, 1: held } = new WebSocketPair()
    for (const old of this.ctx.getWebSockets().slice(MOST_PAGES - 1)) old.close(1000, 'too many')
    this.ctx.acceptWebSocket(held)
    const protocol = request.headers.get('sec-websocket-protocol')
    const headers = new Headers()
    if (protocol !== null) headers.set('sec-websocket-protocol', protocol)
    return new Response(null, { status: 101, webSocket: page, headers })
  }

  /** A page says nothing but `ping`, which the runtime answers. */
  webSocketMessage(): void {}

  webSocketClose(socket: { close: (code: number) => void }): void {
    socket.close(1000)
  }
}

async function withinTime(turn: () => Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, TURN_MILLISECONDS)
  })
  try {
    await Promise.race([turn(), late])
  } finally {
    clearTimeout(timer)
  }
}
