import { readFileSync } from 'node:fs';
import { openLocalService } from './local-service.mjs';
import { listenOn } from './serve.mjs';

/** Milliseconds for everything to close; the queue service writes its data down in them. */
const PATIENCE = 4000;

/** @typedef {(port: number, local: () => import('./serve.mjs').LocalService | undefined) => Promise<import('./serve.mjs').PageServer>} Listen */

/**
 * Serves the page alone, until Ctrl-C.
 * @param {number | undefined} asked
 * @param {Listen} listen
 */
export async function runPage(asked, listen) {
  const page = await listenOn(asked, (port) => listen(port, () => undefined));
  onStop(page.stop);
  console.log(`Queuescope     ${page.url}\nCtrl-C stops it.`);
}

/**
 * Serves a page beside the local queue service, until Ctrl-C.
 * @param {{ port: number | undefined, fresh: boolean, folder?: string }} flags `folder`: of the service's data
 * @param {Listen} listen
 */
export async function runLocally({ port: asked, fresh, folder }, listen) {
  /** @type {Awaited<ReturnType<typeof openLocalService>> | undefined} */
  let service;
  const page = await listenOn(asked, (port) => listen(port, () => service?.local()));
  onStop(async () => {
    await Promise.all([page.stop(), service?.stop()]);
  });

  const origins = [page.url, page.url.replace('127.0.0.1', 'localhost')];
  service = await openLocalService(origins, { fresh, ...(folder && { folder }), onFailure: giveUp });
  console.log(`Queuescope     ${page.url}\nCtrl-C stops it.`);
}

/** @param {Error} failure */
function giveUp(failure) {
  console.error(failure.message);
  process.exit(1);
}

/**
 * Calls `stop` once when a person or a supervisor ends this process, then exits; a second Ctrl-C does not wait.
 * @param {() => Promise<void>} stop
 */
function onStop(stop) {
  let stopping = false;
  const end = () => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), PATIENCE).unref();
    void stop().finally(() => process.exit(0));
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'])) process.on(signal, end);

  // npm that is killed cannot tell us; being handed to another parent does.
  if (process.env.npm_lifecycle_event === undefined) return;
  const started = lineage();
  const watch = setInterval(() => {
    if (lineage() === started) return;
    clearInterval(watch);
    end();
  }, 1000);
  watch.unref();
}

/** Our parent, and its parent as well where npm runs us through a shell that stays (on Linux). */
function lineage() {
  try {
    const [, name = '', parent] = /\((.*)\) \S (\d+)/.exec(readFileSync(`/proc/${process.ppid}/stat`, 'utf8')) ?? [];
    return `${process.ppid} ${/^(ba|da|z|)sh$/.test(name) ? parent : ''}`;
  } catch {
    return `${process.ppid} `;
  }
}
