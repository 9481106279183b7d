// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {NamedToken} from "./NamedToken.sol";

/// A token that answers one question, of the keeper's choice, with one word: its rate.
contract Plain is NamedToken {
    error UnknownQuestion();

    bytes4 private question;
    uint256 private rate;

    function keeperRate(bytes32 selector, uint256 newRate) external kept {
        question = bytes4(selector);
        rate = newRate;
    }

    /// Whatever argument the question has is overlooked: a rate is asked for one whole token.
    fallback(bytes calldata) external returns (bytes memory) {
        if (msg.sig != question) revert UnknownQuestion();
        return abi.encode(rate);
    }
}
