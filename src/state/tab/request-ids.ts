import { createIds } from '@/azure/wire/request-ids';

let ids: (() => string) | undefined;

/** The next request id of this tab, for `Wire.nextId`; ids of one visit have one prefix. */
export const nextRequestId = (): string => (ids ??= createIds())();
