// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// Read a word as the short text that it holds.
function text(bytes32 word) pure returns (string memory) {
    uint256 length = 0;
    while (length < 32 && word[length] != 0) length += 1;
    bytes memory letters = new bytes(length);
    for (uint256 i = 0; i < length; i++) letters[i] = word[i];
    return string(letters);
}
