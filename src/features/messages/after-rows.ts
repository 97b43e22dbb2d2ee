/*
 * What nobody can press before the rows are there, in one chunk that comes right after them.
 */

export { LeaseSelected } from './leases/lease-selected';
export { ReceiveBar } from './leases/receive-bar';
export { ReceivedStrip } from './leases/received-strip';
export { RestoredLeasesStrip } from './leases/restored-leases-strip';
export { SelectionBar } from './selection/selection-bar';
