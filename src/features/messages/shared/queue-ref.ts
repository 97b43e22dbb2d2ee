/** Which queue is looked at; `connection` is `Account.id`. */
export type QueuePlace = { connection: string; queue: string };
