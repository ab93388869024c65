/** A worker's address without its protocol: what tells it from the others. */
export const shortAddress = (address: string): string => address.replace(/^[a-z+]+:\/\//, "");
