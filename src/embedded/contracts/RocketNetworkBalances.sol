// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Kept} from "./Kept.sol";
import {STORE} from "./RocketPool.sol";

/// The oracle's snapshot. All versions keep it under the same keys of the store, so that an old version still
/// answers after an upgrade; the store lets only the registered version write.
abstract contract RocketNetworkBalances is Kept {
    bytes32 constant TOTAL = keccak256("network.balance.total");
    bytes32 constant STAKING = keccak256("network.balance.staking");
    bytes32 constant SUPPLY = keccak256("network.balance.reth.supply");
    bytes32 constant BLOCK = keccak256("network.balances.updated.block");
    bytes32 constant TIMESTAMP = keccak256("network.balances.updated.timestamp");

    function version() external pure virtual returns (uint8);

    function getBalancesBlock() external view returns (uint256) {
        return STORE.getUint(BLOCK);
    }

    function getTotalETHBalance() public view returns (uint256) {
        return STORE.getUint(TOTAL);
    }

    function getStakingETHBalance() public view returns (uint256) {
        return STORE.getUint(STAKING);
    }

    function getTotalRETHSupply() public view returns (uint256) {
        return STORE.getUint(SUPPLY);
    }

    function getETHUtilizationRate() external view returns (uint256) {
        uint256 total = getTotalETHBalance();
        return total == 0 ? 1 ether : 1 ether * getStakingETHBalance() / total;
    }

    function _store(uint256 referenceBlock, uint256 totalEth, uint256 stakingEth, uint256 rethSupply) internal {
        require(referenceBlock <= block.number, "Balances can not be submitted for a future block");
        STORE.setUint(BLOCK, referenceBlock);
        STORE.setUint(TOTAL, totalEth);
        STORE.setUint(STAKING, stakingEth);
        STORE.setUint(SUPPLY, rethSupply);
    }
}

/// Before Houston: nothing is indexed, and the time measured is not told.
abstract contract OldNetworkBalances is RocketNetworkBalances {
    event BalancesSubmitted(
        address indexed from, uint256 block, uint256 totalEth, uint256 stakingEth, uint256 rethSupply, uint256 time
    );
    event BalancesUpdated(uint256 block, uint256 totalEth, uint256 stakingEth, uint256 rethSupply, uint256 time);

    function getLatestReportableBlock() external view returns (uint256) {
        return block.number;
    }

    function submitBalances(uint256 referenceBlock, uint256 totalEth, uint256 stakingEth, uint256 rethSupply)
        external
        kept
    {
        emit BalancesSubmitted(msg.sender, referenceBlock, totalEth, stakingEth, rethSupply, block.timestamp);
        _store(referenceBlock, totalEth, stakingEth, rethSupply);
        emit BalancesUpdated(referenceBlock, totalEth, stakingEth, rethSupply, block.timestamp);
    }
}

/// Since Houston: the block is indexed in the update (not in the vote), and the time measured is told.
abstract contract NewNetworkBalances is RocketNetworkBalances {
    event BalancesSubmitted(
        address indexed from,
        uint256 block,
        uint256 slotTimestamp,
        uint256 totalEth,
        uint256 stakingEth,
        uint256 rethSupply,
        uint256 blockTimestamp
    );
    event BalancesUpdated(
        uint256 indexed block,
        uint256 slotTimestamp,
        uint256 totalEth,
        uint256 stakingEth,
        uint256 rethSupply,
        uint256 blockTimestamp
    );

    function submitBalances(
        uint256 referenceBlock,
        uint256 slotTimestamp,
        uint256 totalEth,
        uint256 stakingEth,
        uint256 rethSupply
    ) external kept {
        _check(totalEth, rethSupply);
        emit BalancesSubmitted(
            msg.sender, referenceBlock, slotTimestamp, totalEth, stakingEth, rethSupply, block.timestamp
        );
        _store(referenceBlock, totalEth, stakingEth, rethSupply);
        emit BalancesUpdated(referenceBlock, slotTimestamp, totalEth, stakingEth, rethSupply, block.timestamp);
    }

    function _check(uint256 totalEth, uint256 rethSupply) internal virtual {}
}

contract RocketNetworkBalancesV1 is OldNetworkBalances {
    function version() external pure override returns (uint8) {
        return 1;
    }
}

contract RocketNetworkBalancesV2 is OldNetworkBalances {
    function version() external pure override returns (uint8) {
        return 2;
    }
}

contract RocketNetworkBalancesV3 is NewNetworkBalances {
    function version() external pure override returns (uint8) {
        return 3;
    }
}

/// Saturn: refuses reports that come too soon or move the rate by more than 2 %.
contract RocketNetworkBalancesV4 is NewNetworkBalances {
    uint256 constant FREQUENCY = 1 days;
    uint256 constant MAXIMUM_DELTA = 0.02 ether;

    function version() external pure override returns (uint8) {
        return 4;
    }

    function getBalancesTimestamp() public view returns (uint256) {
        return STORE.getUint(TIMESTAMP);
    }

    function _check(uint256 totalEth, uint256 rethSupply) internal override {
        require(block.timestamp >= getBalancesTimestamp() + FREQUENCY * 95 / 100, "Not enough time has passed");
        uint256 supply = getTotalRETHSupply();
        if (supply != 0 && rethSupply != 0) {
            uint256 before = 1 ether * getTotalETHBalance() / supply;
            uint256 next = 1 ether * totalEth / rethSupply;
            uint256 delta = next > before ? next - before : before - next;
            require(delta * 1 ether / before <= MAXIMUM_DELTA, "Change in rETH rate exceeds maximum");
        }
        STORE.setUint(TIMESTAMP, block.timestamp);
    }
}
