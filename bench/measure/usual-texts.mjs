import { demoQueues } from '../../src/sandbox/demo/demo-queues.mjs';

/** Characters; the demo also has one message near the limit of 64 KiB, which is not what a queue usually holds. */
const USUAL = 2000;

const { orders } = await demoQueues();

/** Texts of messages as they are met in the demo's main queue. */
export const usualTexts = () => orders.messages.map(({ text }) => text).filter((text) => text.length < USUAL);
