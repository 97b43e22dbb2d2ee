import { expect, test } from 'vitest';
import { faultsAtEachRequest } from './each-request.fixture';
import { FAULTED } from './faulted.fixture';

/** So few, that each request can have each fault: one is leased by a person, and one is to be found. */
const MESSAGES = 2;

test.each(FAULTED)(
  '%s loses nothing and hides no duplicate, whichever of its requests has whichever fault',
  async (operation) => {
    const { violations, requests } = await faultsAtEachRequest({ operation, messages: MESSAGES, seed: 1 });
    expect(violations).toEqual([]);
    expect(requests).toBeGreaterThan(0);
  },
);
