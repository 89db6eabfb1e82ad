"""How alerts, leads and cases go on: life cycles, clocks, codes and money, without a store."""
