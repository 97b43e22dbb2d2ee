// Bytes of the build against the budget that also fails it: what a person downloads, and when.
import { buildSizes, sizeTable } from '../size.mjs';

console.log(sizeTable(buildSizes()));
