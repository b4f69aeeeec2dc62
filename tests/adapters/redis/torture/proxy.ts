/** A way between a pod and Redis that can be cut. */
export interface Proxy {
  /** The port to connect to. */
  readonly port: number;
  /** Cuts it: open connections end, and new ones get no answer. */
  readonly cut: () => void;
  /** Lets everything pass again. */
  readonly mend: () => void;
  /** Ends it. */
  readonly close: () => void;
}

/** Starts a way to a port. */
export function startProxy(target: number): Proxy {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.Conn>();
  let isCut = false;

  const end = (connection: Deno.Conn) => {
    open.delete(connection);
    try {
      connection.close();
    } catch {
      // It is over already.
    }
  };
  const join = async (one: Deno.Conn) => {
    open.add(one);
    // Those who come while it is cut wait, as where a network loses packets.
    if (isCut) return;
    try {
      const other = await Deno.connect({ hostname: "127.0.0.1", port: target });
      open.add(other);
      const done = () => {
        end(one);
        end(other);
      };
      one.readable.pipeTo(other.writable).catch(() => {}).finally(done);
      other.readable.pipeTo(one.writable).catch(() => {}).finally(done);
    } catch {
      end(one);
    }
  };
  const accept = async () => {
    try {
      for await (const connection of listener) void join(connection);
    } catch {
      // It was closed.
    }
  };
  const endAll = () => {
    for (const connection of [...open]) end(connection);
  };
  void accept();
  return {
    port: listener.addr.port,
    cut: () => {
      isCut = true;
      endAll();
    },
    mend: () => {
      isCut = false;
      endAll();
    },
    close: () => {
      listener.close();
      endAll();
    },
  };
}
