export function thirdPartyNotices(root: string, inputs: Iterable<string>): string;
