import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { queueKeys } from '@/queries/queues';
import { accountFor } from '@/queries/use-account';
import { type Lease, useAllLeases } from '@/state/leases/leases';
import { endByTime } from '@/state/messages/records';
import { nowOf } from '@/state/time/connection-clocks';
import { useNowAs } from '@/ui/browser/use-now';
import { announce } from '@/ui/feedback/live-region';
import { type LeaseNews, leaseName, leaseNews, onePerQueue } from './lease-milestones';

/** Messages become visible up to a second after TimeNextVisible, which has no fractions. */
const VISIBLE_AFTER_MS = 1000;

/** Announces leases with 30 s or 10 s left and ended ones, once each, and refreshes queues where one ended. Draws nothing. */
export function LeaseWatch() {
  const leases = useAllLeases();
  const client = useQueryClient();
  const seen = useRef(new Map<string, number>());
  /** When the next lease of each connection passes a mark, by its clock. */
  const marks = useRef(new Map<string, number>());
  // Which ones, and not how many: the next mark may have passed by the next look, as after the device slept.
  const due = useNowAs(() => [...marks.current].filter(([id, at]) => at <= nowOf(id)).join());
  useEffect(() => {
    const news = newsOf(leases, seen.current);
    marks.current = nextMarks(leases);
    if (news.thirty.length > 0) announce(`${leaseName(news.thirty)}: 30 seconds left`);
    if (news.ten.length > 0) announce(`${leaseName(news.ten)}: 10 seconds left`);
    if (news.over.length === 0) return;
    endByTime();
    announce(`${leaseName(news.over)} ended`, 'assertive');
    for (const { connectionId, queue } of onePerQueue(news.over)) {
      const account = accountFor(connectionId);
      if (!account) continue;
      setTimeout(() => void client.invalidateQueries({ queryKey: queueKeys.one(account, queue) }), VISIBLE_AFTER_MS);
    }
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a mark that is due is a look at the clocks of all
  }, [leases, due, client]);
  return null;
}

/** Seconds before the end at which a lease passes a mark. */
const MARKS = [30, 10, 0];

/** When the next of the leases of each connection passes a mark, in epoch ms. */
function nextMarks(leases: readonly Lease[]): Map<string, number> {
  const next = new Map<string, number>();
  for (const { connectionId, endsAt, isTaken } of leases) {
    if (isTaken) continue;
    const now = nowOf(connectionId);
    const at = MARKS.map((seconds) => endsAt.getTime() - seconds * 1000).find((mark) => mark > now);
    if (at !== undefined) next.set(connectionId, Math.min(at, next.get(connectionId) ?? Infinity));
  }
  return next;
}

/** The news by the clock of each connection; `seen` has the time of each at the last call. */
function newsOf(leases: readonly Lease[], seen: Map<string, number>): LeaseNews {
  const all: LeaseNews = { thirty: [], ten: [], over: [] };
  // A job renews or returns its leases, and announces that itself.
  const mine = leases.filter(({ isTaken }) => !isTaken);
  for (const [id, own] of Map.groupBy(mine, ({ connectionId }) => connectionId)) {
    const now = nowOf(id);
    // The first call counts from when the leases began, because the clock may have been moved since.
    const before = seen.get(id) ?? own.reduce((first, { leasedAt }) => Math.min(first, leasedAt.getTime()), now);
    const { thirty, ten, over } = leaseNews(own, before, now);
    seen.set(id, now);
    all.thirty.push(...thirty);
    all.ten.push(...ten);
    all.over.push(...over);
  }
  return all;
}
