/** Which way a packet goes: networks with the interface and the gateway that lead there. Source: RFC 1122 §3.3.1. */
import type { Interface } from './interface.ts';
import { inNetwork, type Network } from './wire/address.ts';

export interface Route {
  readonly network: Network;
  readonly interface: Interface;
  /** Undefined: the network is on the interface's link. */
  readonly gateway?: number;
}

/** Where the next station is. */
export interface Hop {
  readonly interface: Interface;
  readonly nextHop: number;
}

export class Routes {
  /** Longest prefix first; among equals, the one that was added first. */
  #routes: readonly Route[] = [];

  list(): readonly Route[] {
    return this.#routes;
  }

  add(route: Route): void {
    this.#routes = [...this.#routes, route].sort((a, b) => b.network.prefix - a.network.prefix);
  }

  remove(isGone: (route: Route) => boolean): void {
    this.#routes = this.#routes.filter((route) => !isGone(route));
  }

  find(target: number): Hop | undefined {
    for (const route of this.#routes) {
      if (inNetwork(target, route.network)) {
        return { interface: route.interface, nextHop: route.gateway ?? target };
      }
    }
    return undefined;
  }
}
