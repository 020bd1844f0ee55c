"use strict";
var __createBinding = (this && this.__createBinding) || (Object.create ? (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    var desc = Object.getOwnPropertyDescriptor(m, k);
    if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
      desc = { enumerable: true, get: function() { return m[k]; } };
    }
    Object.defineProperty(o, k2, desc);
}) : (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    o[k2] = m[k];
}));
var __exportStar = (this && this.__exportStar) || function(m, exports) {
    for (var p in m) if (p !== "default" && !Object.prototype.hasOwnProperty.call(exports, p)) __createBinding(exports, m, p);
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.Shelf = exports.Book = exports.AudioBook = void 0;
__exportStar(require("./author"), exports);
var book_1 = require("./book");
Object.defineProperty(exports, "AudioBook", { enumerable: true, get: function () { return book_1.AudioBook; } });
Object.defineProperty(exports, "Book", { enumerable: true, get: function () { return book_1.Book; } });
Object.defineProperty(exports, "Shelf", { enumerable: true, get: function () { return book_1.Shelf; } });
