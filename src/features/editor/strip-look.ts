/** A strip with several actions: on a phone they go under the words, which would have no room beside them. */
export const actionsBelow =
  'max-desk:flex-wrap max-desk:[&>div:first-of-type]:basis-[calc(100%-48px)] max-desk:[&>div:last-of-type]:flex-[0_1_auto] max-desk:[&>div:last-of-type]:flex-wrap max-desk:[&>div:last-of-type]:items-center';
