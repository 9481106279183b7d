// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// What `amount` is worth at a rate, rounded up: a rate worked out of it again, rounded down, is then the same.
function worth(uint256 amount, uint256 rate) pure returns (uint256) {
    return (amount * rate + 1 ether - 1) / 1 ether;
}
