"use strict";
var __extends = (this && this.__extends) || (function () {
    var extendStatics = function (d, b) {
        extendStatics = Object.setPrototypeOf ||
            ({ __proto__: [] } instanceof Array && function (d, b) { d.__proto__ = b; }) ||
            function (d, b) { for (var p in b) if (Object.prototype.hasOwnProperty.call(b, p)) d[p] = b[p]; };
        return extendStatics(d, b);
    };
    return function (d, b) {
        if (typeof b !== "function" && b !== null)
            throw new TypeError("Class extends value " + String(b) + " is not a constructor or null");
        extendStatics(d, b);
        function __() { this.constructor = d; }
        d.prototype = b === null ? Object.create(b) : (__.prototype = b.prototype, new __());
    };
})();
var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
var __metadata = (this && this.__metadata) || function (k, v) {
    if (typeof Reflect === "object" && typeof Reflect.metadata === "function") return Reflect.metadata(k, v);
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.Author = void 0;
var typeorm_1 = require("typeorm");
var base_1 = require("./base");
var book_1 = require("./book");
var Author = /** @class */ (function (_super) {
    __extends(Author, _super);
    function Author() {
        var _this = _super !== null && _super.apply(this, arguments) || this;
        _this.aliases = [];
        return _this;
    }
    Object.defineProperty(Author.prototype, "initials", {
        get: function () {
            return this.name.slice(0, 1);
        },
        enumerable: false,
        configurable: true
    });
    var _a;
    __decorate([
        (0, typeorm_1.Column)({ name: 'full_name', nullable: true }),
        __metadata("design:type", String)
    ], Author.prototype, "name", void 0);
    __decorate([
        (0, typeorm_1.Column)('simple-array'),
        __metadata("design:type", Array)
    ], Author.prototype, "aliases", void 0);
    __decorate([
        (0, typeorm_1.OneToMany)(function () { return book_1.Book; }, function (book) { return book.author; }),
        __metadata("design:type", typeof (_a = typeof Promise !== "undefined" && Promise) === "function" ? _a : Object)
    ], Author.prototype, "books", void 0);
    Author = __decorate([
        (0, typeorm_1.Entity)('authors')
    ], Author);
    return Author;
}(base_1.Base));
exports.Author = Author;
