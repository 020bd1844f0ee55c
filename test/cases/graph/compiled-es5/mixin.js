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
exports.Leaflet = exports.Untouched = void 0;
exports.Identified = Identified;
exports.Titled = Titled;
var typeorm_1 = require("typeorm");
function Identified(Base) {
    var WithId = /** @class */ (function (_super) {
        __extends(WithId, _super);
        function WithId() {
            return _super !== null && _super.apply(this, arguments) || this;
        }
        __decorate([
            (0, typeorm_1.PrimaryGeneratedColumn)('uuid'),
            __metadata("design:type", String)
        ], WithId.prototype, "id", void 0);
        return WithId;
    }(Base));
    return WithId;
}
function Titled(Base) {
    var WithTitle = /** @class */ (function (_super) {
        __extends(WithTitle, _super);
        function WithTitle() {
            return _super !== null && _super.apply(this, arguments) || this;
        }
        __decorate([
            (0, typeorm_1.Column)({ length: 80 }),
            __metadata("design:type", String)
        ], WithTitle.prototype, "title", void 0);
        return WithTitle;
    }(Base));
    return WithTitle;
}
var Untouched = function (Base) { return /** @class */ (function (_super) {
    __extends(class_1, _super);
    function class_1() {
        return _super !== null && _super.apply(this, arguments) || this;
    }
    return class_1;
}(Base)); };
exports.Untouched = Untouched;
var Root = /** @class */ (function () {
    function Root() {
    }
    return Root;
}());
var Leaflet = /** @class */ (function (_super) {
    __extends(Leaflet, _super);
    function Leaflet() {
        return _super !== null && _super.apply(this, arguments) || this;
    }
    __decorate([
        (0, typeorm_1.Column)(),
        __metadata("design:type", Number)
    ], Leaflet.prototype, "pages", void 0);
    Leaflet = __decorate([
        (0, typeorm_1.Entity)()
    ], Leaflet);
    return Leaflet;
}((0, exports.Untouched)(Titled(Identified(Root)))));
exports.Leaflet = Leaflet;
