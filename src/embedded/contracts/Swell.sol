// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {NamedToken} from "./NamedToken.sol";

/// The code of swETH and of rswETH: two pools whose events only their addresses tell apart.
contract SwETH is NamedToken {
    event Reprice(
        uint256 newEthReserves,
        uint256 newSwETHToETHRate,
        uint256 nodeOperatorRewards,
        uint256 swellTreasuryRewards,
        uint256 totalETHDeposited
    );

    uint256 public constant swellTreasuryRewardPercentage = 0.05 ether;
    uint256 public constant nodeOperatorRewardPercentage = 0.05 ether;

    uint256 private storedRate;
    uint256 public lastRepriceUNIX;
    uint256 public lastRepriceETHReserves;
    uint256 public totalETHDeposited;

    function getRate() public view returns (uint256) {
        return storedRate == 0 ? 1 ether : storedRate;
    }

    function swETHToETHRate() external view returns (uint256) {
        return getRate();
    }

    function ethToSwETHRate() external view returns (uint256) {
        return 1 ether * 1 ether / getRate();
    }

    function keeperReprice(uint256 rate, uint256 supply) external kept {
        if (supply > totalSupply) totalETHDeposited += (supply - totalSupply) * getRate() / 1 ether;
        _setSupply(supply);
        uint256 reserves = supply * rate / 1 ether;
        uint256 earned = rate > getRate() ? supply * (rate - getRate()) / 1 ether : 0;
        uint256 part = earned * 5 / 90;
        storedRate = rate;
        lastRepriceUNIX = block.timestamp;
        lastRepriceETHReserves = reserves;
        emit Reprice(reserves, rate, part, part, totalETHDeposited);
    }
}
