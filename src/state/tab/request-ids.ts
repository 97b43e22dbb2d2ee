import { createIds } from '@/azure/wire/request-ids';

let ids: (() => string) | undefined;

/** The next id of a request of this tab, for `Wire.nextId`: all that begin alike are of one visit. */
export const nextRequestId = (): string => (ids ??= createIds())();
