// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Kept} from "./Kept.sol";
import {NamedToken} from "./NamedToken.sol";
import {worth} from "./Worth.sol";

METH constant METH_TOKEN = METH(0xd5F7838F5C461fefF7FE49ea5ebaF7728bB0ADfa);
MantleStaking constant STAKING = MantleStaking(0xe3cBd06D7dadB3F4e6557bAb7EdD924CD1489E8f);
MantleOracle constant MANTLE_ORACLE = MantleOracle(0x8735049F496727f824Cc0f2B174d826f5c408192);

contract METH is NamedToken {
    function setSupply(uint256 supply) external {
        if (msg.sender != address(STAKING)) revert OnlyKeeper();
        _setSupply(supply);
    }
}

contract MantleStaking is Kept {
    /// Hundredths of a percent that stakers leave behind for the others.
    uint16 public constant exchangeAdjustmentRate = 4;

    uint256 public totalControlled;

    function mETHToETH(uint256 amount) public view returns (uint256) {
        uint256 supply = METH_TOKEN.totalSupply();
        return supply == 0 ? amount : amount * totalControlled / supply;
    }

    /// Less than the inverse of mETHToETH.
    function ethToMETH(uint256 amount) public view returns (uint256) {
        uint256 supply = METH_TOKEN.totalSupply();
        if (supply == 0) return amount;
        return amount * supply * (10_000 - exchangeAdjustmentRate) / (totalControlled * 10_000);
    }

    function keeperStake(uint256 amount) external kept {
        uint256 minted = ethToMETH(amount);
        totalControlled += amount;
        METH_TOKEN.setSupply(METH_TOKEN.totalSupply() + minted);
    }

    /// What goes out is rounded down to a hundred-thousandth of an ether.
    function keeperUnstake(uint256 amount) external kept {
        totalControlled -= mETHToETH(amount) / 1e13 * 1e13;
        METH_TOKEN.setSupply(METH_TOKEN.totalSupply() - amount);
    }

    /// Take a report: the new rate on a new supply.
    function keeperReport(uint256 endBlock, uint256 rate, uint256 supply) external kept {
        METH_TOKEN.setSupply(supply);
        totalControlled = worth(supply, rate);
        MANTLE_ORACLE.add(endBlock, totalControlled);
    }
}

contract MantleOracle is Kept {
    struct OracleRecord {
        uint64 updateStartBlock;
        uint64 updateEndBlock;
        uint64 currentNumValidatorsNotWithdrawable;
        uint64 cumulativeNumValidatorsWithdrawable;
        uint128 windowWithdrawnPrincipalAmount;
        uint128 windowWithdrawnRewardAmount;
        uint128 currentTotalValidatorBalance;
        uint128 cumulativeProcessedDepositAmount;
    }

    /// Tells no rate: it only marks when one may have changed.
    event OracleRecordAdded(uint256 indexed index, OracleRecord record);

    uint128 public numRecords;
    uint64 private lastBlock;

    function add(uint256 endBlock, uint256 controlled) external {
        if (msg.sender != address(STAKING)) revert OnlyKeeper();
        uint128 deposited = uint128(controlled / 32 ether * 32 ether);
        OracleRecord memory record = OracleRecord({
            updateStartBlock: lastBlock + 1,
            updateEndBlock: uint64(endBlock),
            currentNumValidatorsNotWithdrawable: uint64(controlled / 32 ether),
            cumulativeNumValidatorsWithdrawable: 0,
            windowWithdrawnPrincipalAmount: 0,
            windowWithdrawnRewardAmount: uint128(controlled / 20_000),
            currentTotalValidatorBalance: uint128(controlled),
            cumulativeProcessedDepositAmount: deposited
        });
        emit OracleRecordAdded(numRecords, record);
        numRecords += 1;
        lastBlock = uint64(endBlock);
    }
}

contract UnstakeRequestsManager is Kept {
    uint256 public allocatedETHSurplus;
    uint256 public allocatedETHDeficit;

    function keeperSet(uint256 surplus, uint256 deficit) external kept {
        allocatedETHSurplus = surplus;
        allocatedETHDeficit = deficit;
    }
}

contract ReturnsAggregator {
    uint16 public constant feesBasisPoints = 1000;
}
