// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Kept, OTHERS} from "./Kept.sol";
import {NamedToken} from "./NamedToken.sol";
import {worth} from "./Worth.sol";

OsToken constant OSETH = OsToken(0xf1C9acDc66974dFB6dEcB12aA385b9cD01190E38);
OsTokenVaultController constant CONTROLLER = OsTokenVaultController(0x2A261e60FB14586B474C208b1B7AC6D0f5000306);
address constant ORACLES = 0x6B5815467da09DaA7DC83Db21c9239d98Bb487b5;

contract OsToken is NamedToken {
    function setSupplyOf(address holder, uint256 supply) external {
        if (msg.sender != address(CONTROLLER)) revert OnlyKeeper();
        if (supply > totalSupply) _mint(holder, supply - totalSupply);
        else if (supply < totalSupply) _burn(holder, totalSupply - supply);
    }
}

/// Accrues every second at a rate that the oracles set; the treasury's part is never the holders'.
contract OsTokenVaultController is Kept {
    event StateUpdated(uint256 profitAccrued, uint256 treasuryShares, uint256 treasuryAssets);
    event AvgRewardPerSecondUpdated(uint256 avgRewardPerSecond);

    address constant TREASURY = address(uint160(uint256(keccak256("poolglass stakewise treasury"))));

    uint16 public constant feePercent = 500;

    uint256 public avgRewardPerSecond;
    uint256 public totalShares;
    uint256 private storedAssets;
    uint256 private updatedAt;

    function totalAssets() public view returns (uint256) {
        uint256 profit = _profit();
        return storedAssets + profit - profit * feePercent / 10_000;
    }

    function convertToAssets(uint256 shares) public view returns (uint256) {
        return totalShares == 0 ? shares : shares * totalAssets() / totalShares;
    }

    function convertToShares(uint256 assets) external view returns (uint256) {
        return totalShares == 0 ? assets : assets * totalShares / totalAssets();
    }

    function updateState() public {
        uint256 profit = _profit();
        if (profit > 0) {
            uint256 treasuryAssets = profit * feePercent / 10_000;
            uint256 treasuryShares = treasuryAssets * totalShares / (storedAssets + profit - treasuryAssets);
            storedAssets += profit;
            totalShares += treasuryShares;
            OSETH.setSupplyOf(TREASURY, totalShares);
            emit StateUpdated(profit, treasuryShares, treasuryAssets);
        }
        updatedAt = block.timestamp;
    }

    function setAvgRewardPerSecond(uint256 perSecond) external {
        if (msg.sender != ORACLES) revert OnlyKeeper();
        updateState();
        avgRewardPerSecond = perSecond;
        emit AvgRewardPerSecondUpdated(perSecond);
    }

    function keeperOpen(uint256 supply, uint256 rate) external kept {
        updatedAt = block.timestamp;
        storedAssets = worth(supply, rate);
        _setShares(supply);
    }

    function keeperSupply(uint256 supply) external kept {
        updateState();
        if (supply > totalShares) storedAssets += (supply - totalShares) * storedAssets / totalShares + 1;
        else storedAssets -= (totalShares - supply) * storedAssets / totalShares;
        _setShares(supply);
    }

    function _setShares(uint256 supply) private {
        totalShares = supply;
        OSETH.setSupplyOf(OTHERS, supply);
    }

    function _profit() private view returns (uint256) {
        return avgRewardPerSecond * storedAssets * (block.timestamp - updatedAt) / 1 ether;
    }
}

/// Where the oracles report.
contract StakeWiseKeeper is Kept {
    event RewardsUpdated(
        address indexed caller,
        bytes32 indexed rewardsRoot,
        uint256 avgRewardPerSecond,
        uint64 updateTimestamp,
        uint64 nonce,
        string rewardsIpfsHash
    );

    uint64 public rewardsNonce;

    /// Set the slope that brings the holders' rate to `rate` at `time`; a time that is past leaves it as it was.
    function keeperAim(uint256 rate, uint256 time) external kept {
        uint256 last = CONTROLLER.convertToAssets(1 ether);
        uint256 slope = CONTROLLER.avgRewardPerSecond();
        if (time > block.timestamp && rate > last) {
            uint256 holders = 10_000 - CONTROLLER.feePercent();
            slope = (rate - last) * 1 ether * 10_000 / (last * (time - block.timestamp) * holders);
        }
        CONTROLLER.setAvgRewardPerSecond(slope);
        rewardsNonce += 1;
        bytes32 root = keccak256(abi.encode("poolglass rewards", rewardsNonce));
        emit RewardsUpdated(msg.sender, root, slope, uint64(block.timestamp), rewardsNonce, "poolglass rewards");
    }
}

/// Has the form of a price feed and repeats the rate: no market stands behind it.
contract OsEthPriceFeed {
    function decimals() external pure returns (uint8) {
        return 18;
    }

    function description() external pure returns (string memory) {
        return "osETH/ETH";
    }

    function latestAnswer() public view returns (int256) {
        return int256(CONTROLLER.convertToAssets(1 ether));
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return (0, latestAnswer(), block.timestamp, block.timestamp, 0);
    }
}
