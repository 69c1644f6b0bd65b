import { createServer } from 'node:http'

/** A Bot API that says yes to everything, in a process of its own. */
const ANSWER = JSON.stringify({ ok: true, result: { message_id: 1 } })

const server = createServer((request, response) => {
  request.resume()
  request.on('end', () => {
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': ANSWER.length,
    })
    response.end(ANSWER)
  })
})
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready'))
