export class Vehicle {
  id: number;
  kind: string;
}

export class Car extends Vehicle {
  doors: number;
}

export class Truck extends Vehicle {
  load: number;
}
