// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {text} from "./Text.sol";
import {Token} from "./Token.sol";

/// A token that the keeper names, for pools whose token does nothing else.
contract NamedToken is Token {
    bytes32 private title;
    bytes32 private ticker;

    function name() external view returns (string memory) {
        return text(title);
    }

    function symbol() external view returns (string memory) {
        return text(ticker);
    }

    function keeperName(bytes32 newTitle, bytes32 newTicker) external kept {
        title = newTitle;
        ticker = newTicker;
    }
}
