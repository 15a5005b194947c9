/** The page at the top of the port, for people who come without a path. */
import { page } from './page.ts';
import { READ, type Route } from './routes.ts';

const BODY = `<h1>This host runs VMkernel</h1>
<table>
<tbody>
<tr><td><a class="folder" href="/folder">Datastores</a></td><td>the files of the virtual machines</td></tr>
<tr><td><a class="folder" href="/host">Configuration and logs</a></td><td>the files of the host that can be read and put</td></tr>
<tr><td><a class="folder" href="/tmp">Staged files</a></td><td>patches on their way, in memory</td></tr>
</tbody>
</table>`;

export const WELCOME: Route = {
  methods: READ,
  path: '/',
  gate: 'open',
  handle: (exchange) => exchange.replyPage(page('VMkernel', BODY)),
};
