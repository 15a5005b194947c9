/** The frame of all pages that the port writes itself: one style sheet, no scripts, nothing from elsewhere. */
import { createHash } from 'node:crypto';

const STYLE = `
:root{color-scheme:light dark;--line:#d9dee4;--soft:#5d6b7a;--link:#0b63c5;--bar:#1d2b3a;--row:#f5f8fb;--page:#fff;--text:#16202b}
@media(prefers-color-scheme:dark){:root{--line:#303b47;--soft:#98a6b5;--link:#7db8ff;--bar:#0d141c;--row:#1b242e;--page:#141b23;--text:#e4eaf0}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
header{background:var(--bar);color:#fff;padding:.7rem 1.5rem;font-weight:600}
header a{color:#fff}
main{max-width:62rem;margin:0 auto;padding:1.25rem 1.5rem 3rem}
h1{font-size:1.25rem;font-weight:600;margin:.25rem 0 1rem;overflow-wrap:anywhere}
a{color:var(--link);text-decoration:none}
a:hover{text-decoration:underline}
nav{color:var(--soft);overflow-wrap:anywhere}
table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}
th{color:var(--soft);font-size:.8rem;font-weight:600;text-align:left}
th,td{border-bottom:1px solid var(--line);padding:.38rem .75rem;vertical-align:top}
td:first-child{overflow-wrap:anywhere}
.n{text-align:right;white-space:nowrap}
.t{color:var(--soft);white-space:nowrap}
tbody tr:hover{background:var(--row)}
.folder{font-weight:600}
p{max-width:46rem}
footer{color:var(--soft);font-size:.85rem;margin-top:1rem}
@media(max-width:34rem){.t{display:none}main{padding:1rem .75rem}}
`;

/** Sent with every page: only the style sheet above, by its hash. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A page; `body` is HTML, `title` is text. */
export function page(title: string, body: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<header><a href="/">VMkernel</a></header>
<main>
${body}
</main>
</body>
</html>
`;
}

export function errorPage(title: string, message: string): string {
  return page(title, `<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(message)}</p>`);
}
