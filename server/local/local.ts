import { readFileSync } from 'node:fs';
import { type LocalService, listenOn, type PageServer } from '../page/serve';
import { openLocalService } from './local-service';

/** Milliseconds for everything to close; the queue service writes its data down in them. */
const CLOSE_TIMEOUT_MS = 4000;

/** `usualPort`: see `listenOn`. */
export type Listen = (
  port: number,
  local: () => LocalService | undefined,
  usualPort: number | undefined,
) => Promise<PageServer>;

/** Serves the page alone, until Ctrl-C. */
export async function runPage(asked: number | undefined, listen: Listen): Promise<void> {
  const page = await listenOn(asked, (port, usualPort) => listen(port, () => undefined, usualPort));
  onStop(page.stop);
  console.log(`Queuescope     ${page.url}\nCtrl-C stops it.`);
}

/** `folder`: of the service's data. */
type Flags = { port: number | undefined; fresh: boolean; folder?: string };

/** Serves a page beside the local queue service, until Ctrl-C. */
export async function runLocally({ port: asked, fresh, folder }: Flags, listen: Listen): Promise<void> {
  let service: Awaited<ReturnType<typeof openLocalService>> | undefined;
  const page = await listenOn(asked, (port, usualPort) => listen(port, () => service?.local(), usualPort));
  onStop(async () => {
    await Promise.all([page.stop(), service?.stop()]);
  });

  const origins = [page.url, page.url.replace('127.0.0.1', 'localhost')];
  service = await openLocalService(origins, { fresh, ...(folder && { folder }), onFailure: giveUp });
  console.log(`Queuescope     ${page.url}\nCtrl-C stops it.`);
}

function giveUp(failure: Error): void {
  console.error(failure.message);
  process.exit(1);
}

/** Calls `stop` once when a person or a supervisor ends this process, then exits; a second Ctrl-C does not wait. */
function onStop(stop: () => Promise<void>): void {
  let stopping = false;
  const end = () => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), CLOSE_TIMEOUT_MS).unref();
    void stop().finally(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const) process.on(signal, end);

  // npm that is killed cannot tell us; being handed to another parent does.
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const started = lineage();
  const watch = setInterval(() => {
    if (lineage() === started) return;
    clearInterval(watch);
    end();
  }, 1000);
  watch.unref();
}

/** Our parent, and its parent as well where npm runs us through a shell that stays (on Linux). */
function lineage(): string {
  try {
    const [, name = '', parent] = /\((.*)\) \S (\d+)/.exec(readFileSync(`/proc/${process.ppid}/stat`, 'utf8')) ?? [];
    return `${process.ppid} ${/^(ba|da|z|)sh$/.test(name) ? parent : ''}`;
  } catch {
    return `${process.ppid} `;
  }
}
