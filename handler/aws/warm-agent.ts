import type { ClientRequest } from "node:http";
import { Agent, type AgentOptions } from "node:https";
import type { Duplex } from "node:stream";
import { type ConnectionOptions, createSecureContext, type SecureContextOptions, type TLSSocket } from "node:tls";

const HTTPS_PORT = 443;

/** Every agent has it, and no documentation; Node.js gives it each request. https://github.com/nodejs/node/blob/main/lib/_http_agent.js */
interface Adding {
  addRequest(request: ClientRequest, ...more: readonly unknown[]): void;
}

/**
 * Keeps connections alive, and can open one ahead of need: the first sign-in then does not wait for a TLS handshake. What
 * breaks says in `idleBefore` whether the connection had been there before the request, so that it may have been dead already.
 * https://nodejs.org/docs/latest-v24.x/api/http.html#agentcreateconnectionoptions-callback
 */
export class WarmAgent extends Agent {
  private readonly opened = new Map<string, TLSSocket>();
  private readonly openedAhead = new WeakSet<Duplex>();

  constructor(options: AgentOptions = {}) {
    // A connection is free again a moment after its answer is there. Who short of CPU asks earlier would open a second one.
    const common = { keepAlive: true, maxSockets: 1, ...options };
    // One for all connections: to read the root certificates takes a cold start a millisecond, each time.
    super({ ...common, secureContext: createSecureContext(common as SecureContextOptions) } as AgentOptions);
  }

  /** Opens a connection for the next request to this address. Resolves when it stands or has failed; never rejects. */
  open(url: URL): Promise<void> {
    if (url.protocol !== "https:") return Promise.resolve();
    const { hostname: host } = url;
    const port = Number(url.port) || HTTPS_PORT;
    const socket = super.createConnection({ ...this.options, host, port, servername: host } as never) as TLSSocket;
    // A connection that fails here is made anew, and reported, by the request that needs it.
    socket.on("error", () => undefined);
    this.opened.set(`${host}:${port}`, socket);
    this.openedAhead.add(socket);
    return new Promise((resolve) => {
      socket.once("secureConnect", resolve);
      socket.once("close", resolve);
    });
  }

  /** Before the caller has the request, so this listener is the first. */
  addRequest(request: ClientRequest, ...more: readonly unknown[]): void {
    request.once("error", (error) => {
      const openedAhead = request.socket !== null && this.openedAhead.has(request.socket);
      Object.assign(error, { idleBefore: request.reusedSocket || openedAhead });
    });
    (Agent.prototype as unknown as Adding).addRequest.call(this, request, ...more);
  }

  override createConnection(...args: Parameters<Agent["createConnection"]>): Duplex {
    const [{ host, port = HTTPS_PORT }] = args as unknown as [ConnectionOptions];
    const key = `${host}:${port}`;
    const socket = this.opened.get(key);
    this.opened.delete(key);
    return socket?.writable ? socket : (super.createConnection(...args) as Duplex);
  }
}
