// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {NamedToken} from "./NamedToken.sol";
import {worth} from "./Worth.sol";

/// apxETH: a harvest's rewards stream into the assets for seven days.
contract AutoPxEth is NamedToken {
    event Harvest(address indexed caller, uint256 value);
    event RewardAdded(uint256 reward);

    uint256 constant DENOMINATOR = 1_000_000;

    uint256 public constant platformFee = 100_000;
    uint256 public constant withdrawalPenalty = 30_000;

    uint256 public rewardRate;
    uint256 public periodFinish;
    uint256 private streamedUntil;
    uint256 private staked;

    /// Rises until `periodFinish`, and stands still from then to the next harvest.
    function totalAssets() public view returns (uint256) {
        return staked + _earned();
    }

    function convertToAssets(uint256 shares) public view returns (uint256) {
        return totalSupply == 0 ? shares : shares * totalAssets() / totalSupply;
    }

    function convertToShares(uint256 assets) external view returns (uint256) {
        return totalSupply == 0 ? assets : assets * totalSupply / totalAssets();
    }

    function previewRedeem(uint256 shares) public view returns (uint256) {
        uint256 assets = convertToAssets(shares);
        return assets - (assets * withdrawalPenalty + DENOMINATOR - 1) / DENOMINATOR;
    }

    /// What leaves on an exit, after the penalty; not the rate.
    function assetsPerShare() external view returns (uint256) {
        return previewRedeem(1 ether);
    }

    function keeperOpen(uint256 supply, uint256 rate) external kept {
        staked = worth(supply, rate);
        _setSupply(supply);
    }

    /// Deposits and withdrawals at the rate of this second.
    function keeperSupply(uint256 supply) external override kept {
        uint256 assets = totalAssets();
        if (supply > totalSupply) staked += (supply - totalSupply) * assets / totalSupply + 1;
        else staked -= (totalSupply - supply) * assets / totalSupply;
        _setSupply(supply);
    }

    /// Harvest, and stream what brings the rate to `rate` seven days from now.
    function keeperHarvest(uint256 rate) external kept {
        uint256 earned = _earned();
        staked += earned;
        emit Harvest(msg.sender, earned);
        uint256 wanted = worth(totalSupply, rate);
        uint256 missing = wanted > staked ? wanted - staked : 0;
        uint256 reward = missing * DENOMINATOR / (DENOMINATOR - platformFee);
        rewardRate = reward / 7 days;
        streamedUntil = block.timestamp;
        periodFinish = block.timestamp + 7 days;
        emit RewardAdded(reward);
    }

    /// What has streamed since the harvest, less the fee.
    function _earned() private view returns (uint256) {
        uint256 until = block.timestamp < periodFinish ? block.timestamp : periodFinish;
        uint256 streamed = rewardRate * (until - streamedUntil);
        return streamed - streamed * platformFee / DENOMINATOR;
    }
}
