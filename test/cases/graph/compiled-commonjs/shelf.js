"use strict";
var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
var __metadata = (this && this.__metadata) || function (k, v) {
    if (typeof Reflect === "object" && typeof Reflect.metadata === "function") return Reflect.metadata(k, v);
};
var _a;
Object.defineProperty(exports, "__esModule", { value: true });
exports.Shelf = void 0;
const typeorm_1 = require("typeorm");
const decorators_1 = require("./decorators");
const names_1 = require("./names");
const reader_1 = require("./reader");
let Shelf = class Shelf {
};
exports.Shelf = Shelf;
__decorate([
    (0, typeorm_1.PrimaryColumn)({ length: names_1.Lengths.short, name: names_1.Lengths.Keys.name }),
    __metadata("design:type", String)
], Shelf.prototype, "code", void 0);
__decorate([
    (0, decorators_1.Label)(),
    __metadata("design:type", String)
], Shelf.prototype, "label", void 0);
__decorate([
    (0, decorators_1.Owner)(() => reader_1.Reader),
    __metadata("design:type", typeof (_a = typeof reader_1.Reader !== "undefined" && reader_1.Reader) === "function" ? _a : Object)
], Shelf.prototype, "owner", void 0);
exports.Shelf = Shelf = __decorate([
    (0, decorators_1.Table)(names_1.Tables.Shelves)
], Shelf);
