// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {NamedToken} from "./NamedToken.sol";
import {worth} from "./Worth.sol";

/// sfrxETH: each week's rewards drip into the assets, second by second.
contract SfrxETH is NamedToken {
    event NewRewardsCycle(uint32 indexed cycleEnd, uint256 rewardAmount);

    uint32 public constant rewardsCycleLength = 7 days;

    uint192 public lastRewardAmount;
    uint32 public lastSync;
    uint32 public rewardsCycleEnd;
    uint256 private storedAssets;

    /// Rises within a cycle, and stands still from its end to the next sync.
    function totalAssets() public view returns (uint256) {
        if (block.timestamp >= rewardsCycleEnd) return storedAssets + lastRewardAmount;
        uint256 dripped =
            uint256(lastRewardAmount) * (block.timestamp - lastSync) / (rewardsCycleEnd - lastSync);
        return storedAssets + dripped;
    }

    function convertToAssets(uint256 shares) public view returns (uint256) {
        return totalSupply == 0 ? shares : shares * totalAssets() / totalSupply;
    }

    function convertToShares(uint256 assets) external view returns (uint256) {
        return totalSupply == 0 ? assets : assets * totalSupply / totalAssets();
    }

    function pricePerShare() external view returns (uint256) {
        return convertToAssets(1 ether);
    }

    function keeperOpen(uint256 supply, uint256 rate) external kept {
        storedAssets = worth(supply, rate);
        _setSupply(supply);
    }

    /// Deposits and withdrawals at the rate of this second.
    function keeperSupply(uint256 supply) external override kept {
        uint256 assets = totalAssets();
        if (supply > totalSupply) storedAssets += (supply - totalSupply) * assets / totalSupply + 1;
        else storedAssets -= (totalSupply - supply) * assets / totalSupply;
        _setSupply(supply);
    }

    /// Start a cycle with the rewards that bring the rate to `rate` at its end; nothing while one still runs.
    function keeperSync(uint256 rate, uint256 end) external kept {
        if (block.timestamp < rewardsCycleEnd) return;
        storedAssets = totalAssets();
        uint256 wanted = worth(totalSupply, rate);
        lastRewardAmount = uint192(wanted > storedAssets ? wanted - storedAssets : 0);
        lastSync = uint32(block.timestamp);
        rewardsCycleEnd = uint32(end > block.timestamp ? end : block.timestamp + rewardsCycleLength);
        emit NewRewardsCycle(rewardsCycleEnd, lastRewardAmount);
    }
}
