/** What several declarations of one name hold together. */
export enum Fields {
  Isbn = 'isbn_13',
}

export enum Fields {
  Title = `${Fields.Isbn}_title`,
}

export namespace Fields {
  export const sorted = `${Fields.Title}_sorted`;
}

export namespace Tables {
  export const book = 'lib_book';

  export namespace Joined {
    export const authors = 'lib_book_author';
  }
}

export namespace Tables {
  export const author = `${book}_writer`;

  export namespace Joined {
    export const readers = `${authors}_reader`;
  }
}

export class Limits {
  static readonly name20 = 20;
}

export namespace Limits {
  export const column = 'limited_name';
}

export function prefixed(name: string): string {
  return `${prefixed.prefix}${name}`;
}

export namespace prefixed {
  export const prefix = 'pre_';
}

export import Joined = Tables.Joined;
