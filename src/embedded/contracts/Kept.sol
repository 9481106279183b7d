// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

// Addresses of the embedded chain's own actors: the last 20 bytes of the hash of a phrase, so nobody's.
address constant KEEPER = address(uint160(uint256(keccak256("poolglass keeper"))));
address constant OTHERS = address(uint160(uint256(keccak256("poolglass everybody else"))));

/// What happens on the embedded chain is decided by one keeper, whichever roles the mainnet contracts know.
abstract contract Kept {
    error OnlyKeeper();

    modifier kept() {
        if (msg.sender != KEEPER) revert OnlyKeeper();
        _;
    }
}
