/** As much of Cloudflare's runtime as the queue of a person uses (https://developers.cloudflare.com/durable-objects/api/). */
declare module 'cloudflare:workers' {
  type Socket = {
    send: (text: string) => void
    close: (code?: number, reason?: string) => void
  }
  type State = {
    acceptWebSocket: (socket: Socket) => void
    getWebSockets: () => Socket[]
    setWebSocketAutoResponse: (pair: WebSocketRequestResponsePair) => void
  }
  export class DurableObject {
    constructor(ctx: State, env: unknown)
    protected readonly ctx: State
  }
  global {
    interface ResponseInit {
      /** The other end of the connection that a status of 101 opens. */
      webSocket?: Socket
    }
    class WebSocketRequestResponsePair {
      constructor(request: string, response: string)
    }
    class WebSocketPair {
      0: Socket
      1: Socket
    }
  }
}
