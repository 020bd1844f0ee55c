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
Object.defineProperty(exports, "__esModule", { value: true });
exports.Order = exports.Base = void 0;
const typeorm_1 = require("typeorm");
const columns_1 = require("./columns");
class Base {
}
exports.Base = Base;
__decorate([
    (0, columns_1.PrimaryGeneratedId)(),
    __metadata("design:type", String)
], Base.prototype, "id", void 0);
let Order = class Order extends Base {
};
exports.Order = Order;
__decorate([
    (0, typeorm_1.Column)(),
    __metadata("design:type", String)
], Order.prototype, "code", void 0);
__decorate([
    (0, columns_1.EntityId)({ nullable: true }),
    __metadata("design:type", String)
], Order.prototype, "sellerId", void 0);
exports.Order = Order = __decorate([
    (0, typeorm_1.Entity)()
], Order);
