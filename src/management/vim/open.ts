/** Loads the VIM API and opens it: the type table and all that is written in terms of it come with the first request. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { VimHost } from './host.ts';
import type { VimService } from './service.ts';

/** Takes the connections of who wants to see a console; what serves them comes with the first. */
export function consoleSockets(service: () => Promise<VimService>, failed: (reason: string) => void) {
  return {
    takes: ({ url = '' }: IncomingMessage) => url.startsWith('/ticket/'),
    handle(request: IncomingMessage, socket: Duplex): void {
      import('./mks/console-socket.ts')
        .then(({ serveConsole }) => serveConsole(service, request, socket))
        .catch((error: unknown) => {
          socket.destroy();
          failed(error instanceof Error ? (error.stack ?? error.message) : String(error));
        });
    },
  };
}

/** One service for each host; opened once, however many ask. */
export function vimService(makeHost: () => VimHost): {
  open: () => Promise<VimService>;
  close: () => Promise<void>;
} {
  let opened: Promise<VimService> | undefined;
  const open = async () => {
    const [{ VimService }, { installVms }, { installFiles }, { installGuest }, { installOvf }] =
      await Promise.all([
        import('./service.ts'),
        import('./vm/install-vms.ts'),
        import('./files/install-files.ts'),
        import('./guest/install-guest.ts'),
        import('./ovf/install-ovf.ts'),
      ]);
    return new VimService(makeHost(), [installVms, installFiles, installGuest, installOvf]);
  };
  return {
    open: () => (opened ??= open()),
    close: async () => (await opened)?.close(),
  };
}
