// Loaded before Azurite in tests that hold its clock, and never by `npm start`. With `STEADY_CLOCK` time stands still in this
// process until somebody moves it; with `MOVABLE_CLOCK` it goes on, and can be moved too. Only what `Date` says is replaced;
// timers run on.
import { subscribe } from 'node:diagnostics_channel';
import { createServer } from 'node:http';

const RealDate = Date;
const isRunning = new URL(import.meta.url).searchParams.has('running');
/** Whole seconds, because that is all of it that answers show. */
const start = Math.floor(RealDate.now() / 1000) * 1000;
/** Milliseconds that it was moved. */
let ahead = 0;
const now = () => (isRunning ? RealDate.now() : start) + ahead;

globalThis.Date = new Proxy(RealDate, {
  apply: () => new RealDate(now()).toString(),
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});

// The `Date` that Node adds to an answer comes from the machine, past what is replaced here; so every answer has one.
subscribe('http.server.request.start', (message) => {
  const { response } = /** @type {{ response: import('node:http').ServerResponse }} */ (message);
  response.setHeader('date', new Date().toUTCString());
});

// `POST /advance?ms=1000` moves it on, one that runs also back; any request is answered with the time it shows, epoch ms.
// Pages may ask too.
const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const milliseconds = Number(searchParams.get('ms'));
  const isMove = request.method === 'POST' && pathname === '/advance';
  const isRefused = isMove && !(Number.isSafeInteger(milliseconds) && (isRunning || milliseconds >= 0));
  if (isMove && !isRefused) ahead += milliseconds;
  response
    .writeHead(isRefused ? 400 : 200, { 'access-control-allow-origin': '*', connection: 'close' })
    .end(String(now()));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') process.send?.({ clockPort: address.port });
});
server.unref();
