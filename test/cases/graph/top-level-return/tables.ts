export const tableOf = (name: string): string => `shop_${name}`;
