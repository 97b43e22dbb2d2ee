/**
 * The numbers that Azure documents for queues. Pages are below learn.microsoft.com/rest/api/storageservices unless they are
 * named in full. What it documents for CORS rules is in `cors-limits.ts`.
 */

/** Messages in one receive or one peek, at most: /get-messages, /peek-messages */
export const MOST_MESSAGES = 32;

/** Seconds, 7 days: the longest that a message is hidden: /get-messages, /put-message, /update-message */
export const LONGEST_VISIBILITY_TIMEOUT_SECONDS = 604_800;

/** Seconds, 7 days: the default time to live: /put-message */
export const USUAL_TIME_TO_LIVE_SECONDS = 604_800;

/** The largest signed 32-bit integer: /put-message */
export const LONGEST_TIME_TO_LIVE_SECONDS = 2_147_483_647;

/** Bytes of UTF-8 of a message text, 64 KiB; Base64 of that size decodes to 49,152 bytes: /put-message */
export const MAX_TEXT_BYTES = 65_536;

/** Characters of a queue's name: /naming-queues-and-metadata */
export const QUEUE_NAME = { shortest: 3, longest: 63 } as const;

/** Bytes of all metadata of a queue, names and values together, 8 KiB: /set-queue-metadata */
export const MAX_METADATA_BYTES = 8_192;

/** Queues in one response, at most and by default: /list-queues1 */
export const MOST_QUEUES_A_PAGE = 5_000;

/** Stored access policies of a queue: /set-queue-acl */
export const MOST_POLICIES = 5;

/** Characters of the id of a stored access policy: /set-queue-acl */
export const LONGEST_POLICY_ID = 64;

/** Days that logs and metrics are retained, from 1: /set-queue-service-properties */
export const LONGEST_RETENTION_DAYS = 365;

/** 7 days: the longest validity of a user delegation key and its signatures: /get-user-delegation-key */
export const LONGEST_USER_DELEGATION_MS = 604_800_000;

/**
 * 15 minutes that a clock may differ from the service's: for the date of a signed request
 * (/authorize-with-shared-key) and for the start of a signature (/create-service-sas).
 */
export const ACCEPTED_SKEW_MS = 900_000;

/** An account's name: learn.microsoft.com/azure/storage/common/storage-account-overview#storage-account-name */
export const ACCOUNT_NAME = /^[a-z0-9]{3,24}$/;
