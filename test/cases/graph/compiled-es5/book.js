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
var __assign = (this && this.__assign) || function () {
    __assign = Object.assign || function(t) {
        for (var s, i = 1, n = arguments.length; i < n; i++) {
            s = arguments[i];
            for (var p in s) if (Object.prototype.hasOwnProperty.call(s, p))
                t[p] = s[p];
        }
        return t;
    };
    return __assign.apply(this, arguments);
};
var __decorate = (this && this.__decorate) || function (decorators, target, key, desc) {
    var c = arguments.length, r = c < 3 ? target : desc === null ? desc = Object.getOwnPropertyDescriptor(target, key) : desc, d;
    if (typeof Reflect === "object" && typeof Reflect.decorate === "function") r = Reflect.decorate(decorators, target, key, desc);
    else for (var i = decorators.length - 1; i >= 0; i--) if (d = decorators[i]) r = (c < 3 ? d(r) : c > 3 ? d(target, key, r) : d(target, key)) || r;
    return c > 3 && r && Object.defineProperty(target, key, r), r;
};
var __metadata = (this && this.__metadata) || function (k, v) {
    if (typeof Reflect === "object" && typeof Reflect.metadata === "function") return Reflect.metadata(k, v);
};
var __spreadArray = (this && this.__spreadArray) || function (to, from, pack) {
    if (pack || arguments.length === 2) for (var i = 0, l = from.length, ar; i < l; i++) {
        if (ar || !(i in from)) {
            if (!ar) ar = Array.prototype.slice.call(from, 0, i);
            ar[i] = from[i];
        }
    }
    return to.concat(ar || Array.prototype.slice.call(from));
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.Shelf = exports.AudioBook = exports.Book = void 0;
var typeorm_1 = require("typeorm");
var author_1 = require("./author");
var base_1 = require("./base");
var options_1 = require("./options");
var Book = /** @class */ (function (_super) {
    __extends(Book, _super);
    function Book() {
        return _super !== null && _super.apply(this, arguments) || this;
    }
    Book_1 = Book;
    Book.named = function (title) {
        var book = new Book_1();
        book.title = title;
        return book;
    };
    var Book_1;
    var _a, _b;
    __decorate([
        (0, typeorm_1.Column)(__assign(__assign({}, options_1.short), { nullable: true })),
        __metadata("design:type", String)
    ], Book.prototype, "title", void 0);
    __decorate([
        (0, typeorm_1.Column)({ type: 'enum', enum: options_1.Genre, default: options_1.Genre.Novel }),
        __metadata("design:type", typeof (_a = typeof options_1.Genre !== "undefined" && options_1.Genre) === "function" ? _a : Object)
    ], Book.prototype, "genre", void 0);
    __decorate([
        (0, typeorm_1.ManyToOne)(function () { return author_1.Author; }, function (author) { return author.books; }, { onDelete: 'CASCADE' }),
        (0, typeorm_1.JoinColumn)({ name: "author_".concat(base_1.Base.key) }),
        __metadata("design:type", typeof (_b = typeof author_1.Author !== "undefined" && author_1.Author) === "function" ? _b : Object)
    ], Book.prototype, "author", void 0);
    __decorate([
        (0, typeorm_1.ManyToOne)(function () { return Book; }),
        __metadata("design:type", Book)
    ], Book.prototype, "sequelOf", void 0);
    Book = Book_1 = __decorate([
        (0, typeorm_1.Entity)(),
        (0, typeorm_1.Index)(__spreadArray([], options_1.words, true), { unique: true }),
        (0, typeorm_1.TableInheritance)({ column: { name: 'kind', type: 'varchar' } })
    ], Book);
    return Book;
}(base_1.Base));
exports.Book = Book;
var AudioBook = /** @class */ (function (_super) {
    __extends(AudioBook, _super);
    function AudioBook() {
        return _super !== null && _super.apply(this, arguments) || this;
    }
    __decorate([
        (0, typeorm_1.Column)(new options_1.Trimmed(4).options()),
        __metadata("design:type", String)
    ], AudioBook.prototype, "narrator", void 0);
    AudioBook = __decorate([
        (0, typeorm_1.ChildEntity)('audio')
    ], AudioBook);
    return AudioBook;
}(Book));
exports.AudioBook = AudioBook;
var Shelf = /** @class */ (function (_super) {
    __extends(Shelf, _super);
    function Shelf() {
        return _super !== null && _super.apply(this, arguments) || this;
    }
    __decorate([
        (0, typeorm_1.Column)(),
        __metadata("design:type", String)
    ], Shelf.prototype, "label", void 0);
    __decorate([
        (0, typeorm_1.Column)(__assign(__assign({}, (0, options_1.counted)()), { type: 'varchar' })),
        __metadata("design:type", String)
    ], Shelf.prototype, "note", void 0);
    __decorate([
        (0, typeorm_1.TreeChildren)(),
        __metadata("design:type", Array)
    ], Shelf.prototype, "parts", void 0);
    __decorate([
        (0, typeorm_1.TreeParent)(),
        __metadata("design:type", Shelf)
    ], Shelf.prototype, "within", void 0);
    Shelf = __decorate([
        (0, typeorm_1.Entity)(),
        (0, typeorm_1.Tree)('closure-table')
    ], Shelf);
    return Shelf;
}(base_1.Base));
exports.Shelf = Shelf;
