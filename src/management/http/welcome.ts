/** The page at the top of the port, for people who come without a path. */
import { escapeHtml, page } from './page.ts';
import { READ, type Route } from './routes.ts';

const LINKS = `<table>
<tbody>
<tr><td><a class="folder" href="/folder">Datastores</a></td><td>the files of the virtual machines</td></tr>
<tr><td><a class="folder" href="/host">Configuration and logs</a></td><td>the files of the host that can be read and put</td></tr>
<tr><td><a class="folder" href="/tmp">Staged files</a></td><td>patches on their way, in memory</td></tr>
</tbody>
</table>`;

/** @param message - asked for at each look; lines of it stay lines */
export function welcomeRoute(message: () => string): Route {
  return {
    methods: READ,
    path: '/',
    gate: 'open',
    handle: (exchange) => exchange.replyPage(page('VMkernel', body(message()))),
  };
}

function body(message: string): string {
  const lines = escapeHtml(message).split('\n').join('<br>\n');
  return `<h1>This host runs VMkernel</h1>\n${message === '' ? '' : `<p>${lines}</p>\n`}${LINKS}`;
}
