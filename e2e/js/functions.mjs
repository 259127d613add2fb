// Lambda functions, as a story writes them: a real HTTP server that answers events.
//
// The harness listens before the server starts, and hands the listening socket over as standard input.

import { createServer } from "node:http";

/** Functions by their names, each `(event) => response`; what one throws is its refusal. */
export class Functions {
  calls = [];

  constructor(functions) {
    this.server = createServer(async (request, reply) => {
      const name = request.url.slice(1);
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      const event = JSON.parse(Buffer.concat(chunks));
      this.calls.push({ name, event: structuredClone(event) });
      const headers = { "Content-Type": "application/json" };
      try {
        event.response = functions[name](event);
        reply.writeHead(200, headers).end(JSON.stringify(event));
      } catch (refusal) {
        headers["X-Amz-Function-Error"] = "Unhandled";
        const error = { errorMessage: refusal.message, errorType: refusal.name };
        reply.writeHead(200, headers).end(JSON.stringify(error));
      }
    });
  }

  listen() {
    return new Promise((resolve) => this.server.listen({ fd: 0 }, resolve));
  }

  close() {
    this.server.close();
    this.server.closeAllConnections();
  }

  /** The names of the functions that were called since the last time. */
  taken() {
    const names = this.calls.map(({ name }) => name);
    this.calls = [];
    return names;
  }
}
