/*
 * What cannot be used before the rows are on screen, in one chunk that is loaded right after them.
 */

export { SearchTools } from './filter/filter-tools';
export { LeaseWatch } from './leases/lease-announcer';
export { LeaseLine } from './leases/lease-line';
export { LeaseSelected } from './leases/lease-selected';
export { ReceiveBar } from './leases/receive-bar';
export { ReceivedStrip } from './leases/received-strip';
export { RestoredLeasesStrip } from './leases/restored-leases-strip';
export { GridFoot } from './list/list-footer';
export { RowMenu, rowMenuEvents } from './list/row-menu';
export { messageRowName } from './list/row-name';
export { RowsAnnouncer } from './list/rows-announcer';
export { StaleRows } from './list/stale-rows';
export { PrintSheet } from './print/print-sheet';
export { SelectionBar } from './selection/selection-bar';
export { Fold } from './shared/fold';
