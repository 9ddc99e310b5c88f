import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** A proxy through which a browser gets to other ports of this machine, as VS Code in the browser wants it. */
export interface Proxy {
  /** VSCODE_PROXY_URI: where VS Code says that a port is. */
  readonly address: string;
  stop(): Promise<void>;
}

/** Starts a proxy that hands `/PORT/path` on to `/path` at that port of the loopback address. */
export async function startProxy(): Promise<Proxy> {
  const server = createServer((incoming, outgoing) => {
    const [, port, path] = /^\/(\d+)(\/.*)$/.exec(incoming.url ?? "") ?? [];
    const { method, headers } = incoming;
    const onward = request(
      { host: "127.0.0.1", port: Number(port ?? 0), path, method, headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on("error", () => {
      outgoing.writeHead(502).end();
    });
    incoming.pipe(onward);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/{{port}}/`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
