// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Kept, OTHERS} from "./Kept.sol";

/// The part of ERC-20 that a reader of balances meets, with the keeper in the place of approvals.
abstract contract Token is Kept {
    event Transfer(address indexed from, address indexed to, uint256 value);

    error NotEnough();

    mapping(address => uint256) public balanceOf;
    uint256 public totalSupply;

    function decimals() external pure returns (uint8) {
        return 18;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        _move(msg.sender, to, amount);
        return true;
    }

    /// Move tokens between holders as if the first had sent them.
    function keeperMove(address from, address to, uint256 amount) external kept {
        _move(from, to, amount);
    }

    /// Move what a holder's whole balance reads.
    function keeperMoveAll(address from, address to) external kept {
        _move(from, to, balanceOf[from]);
    }

    /// Mint for one what everybody else burns at the same time, so that neither supply nor rate moves.
    function keeperIssue(address to, uint256 amount) external kept {
        _burn(OTHERS, amount);
        _mint(to, amount);
    }

    /// Burn what one has, and mint it for everybody else.
    function keeperRedeem(address from, uint256 amount) external kept {
        _burn(from, amount);
        _mint(OTHERS, amount);
    }

    /// Mint or burn what everybody else holds until the supply is this.
    function keeperSupply(uint256 supply) external virtual kept {
        _setSupply(supply);
    }

    function _setSupply(uint256 supply) internal {
        if (supply > totalSupply) _mint(OTHERS, supply - totalSupply);
        else if (supply < totalSupply) _burn(OTHERS, totalSupply - supply);
    }

    function _move(address from, address to, uint256 amount) internal {
        if (balanceOf[from] < amount) revert NotEnough();
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
        emit Transfer(from, to, amount);
    }

    function _mint(address to, uint256 amount) internal {
        totalSupply += amount;
        balanceOf[to] += amount;
        emit Transfer(address(0), to, amount);
    }

    function _burn(address from, uint256 amount) internal {
        if (balanceOf[from] < amount) revert NotEnough();
        balanceOf[from] -= amount;
        totalSupply -= amount;
        emit Transfer(from, address(0), amount);
    }
}
