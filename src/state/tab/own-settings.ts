import { fetchOwnJson } from './own-json';

let settings: Promise<Record<string, unknown> | undefined> | undefined;

/** What the server of this page, or who put it on a static host, tells it in `queuescope.json`. Read once. */
export const findOwnSettings = () => (settings ??= fetchOwnJson('queuescope.json'));
