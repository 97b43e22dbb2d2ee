import { type Call, ORDERS } from '../run/calls';
import { orderNumber, orderText } from '../run/order';
import type { Actor, Context, Wish } from './actor';

type State = { epoch: number; sent: number };

/** Sends the orders of its series at the rate of its index, from 0. */
export const producer = (index: number, series: number): Actor<State> => ({
  begin: () => ({ epoch: 0, sent: 0 }),
  react(state, event, context) {
    switch (event.event) {
      case 'start':
        return [state, wait(index, context)];
      case 'set':
        // The wait for the next order begins anew, with the new rate.
        return [{ ...state, epoch: state.epoch + 1 }, wait(index, context)];
      case 'wake': {
        const call = orderCall(series, state.sent, context);
        return [{ ...state, sent: state.sent + 1 }, [{ wish: 'call', call }, ...wait(index, context)]];
      }
      case 'act':
      case 'reply':
        return [state, []];
    }
  },
  view: () => ({ phase: 'idle', holds: [] }),
});

function wait(index: number, { params, chance }: Context): Wish[] {
  const rate = params.rate[index] ?? 0;
  return rate > 0 ? [{ wish: 'wake', after: chance.wait(1000 / rate), why: 'order' }] : [];
}

/** The request that sends the next order of a series. */
export function orderCall(series: number, sent: number, { params, chance }: Context): Call {
  // Drawn also when no order is bad, so that the setting changes which are bad and nothing else.
  const share = chance.share();
  const bad = params.bad > 0 && share < 1 / params.bad;
  const text = orderText({ order: orderNumber(series, sent), bad });
  return { op: 'send', queue: ORDERS, text, timeToLive: params.ttl, delay: params.delay };
}
