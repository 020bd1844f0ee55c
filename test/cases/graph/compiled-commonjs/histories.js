"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.ReaderHistory = void 0;
const factory_1 = require("./factory");
const reader_1 = require("./reader");
exports.ReaderHistory = (0, factory_1.historyOf)('reader', () => reader_1.Reader);
