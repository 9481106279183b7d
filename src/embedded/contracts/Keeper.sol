// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// Carries out all that happens in one block, in order; one failure undoes the whole block.
contract Keeper {
    struct Call {
        address target;
        uint256 value;
        bytes data;
    }

    error OnlyOperator();
    error NoContract(address target);

    address constant OPERATOR = address(uint160(uint256(keccak256("poolglass operator"))));

    /// Blocks whose calls all succeeded.
    uint256 public runs;

    function run(Call[] calldata calls) external {
        if (msg.sender != OPERATOR) revert OnlyOperator();
        runs += 1;
        for (uint256 i = 0; i < calls.length; i++) {
            // A call to nothing would succeed, and nobody would learn that it did nothing.
            if (calls[i].data.length > 0 && calls[i].target.code.length == 0) revert NoContract(calls[i].target);
            (bool done, bytes memory reason) = calls[i].target.call{value: calls[i].value}(calls[i].data);
            if (!done) {
                assembly {
                    revert(add(reason, 32), mload(reason))
                }
            }
        }
    }
}
