// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Kept} from "./Kept.sol";
import {NamedToken} from "./NamedToken.sol";
import {worth} from "./Worth.sol";

/// River is the pool and its token.
contract River is NamedToken {
    event RewardsEarned(
        address indexed _collector,
        uint256 _oldTotalUnderlyingBalance,
        uint256 _oldTotalSupply,
        uint256 _newTotalUnderlyingBalance,
        uint256 _newTotalSupply
    );

    address constant COLLECTOR = address(uint160(uint256(keccak256("poolglass river collector"))));

    uint256 public constant getGlobalFee = 1000;

    uint256 public totalUnderlyingSupply;
    uint256 public getBalanceToDeposit;
    uint256 public getBalanceToRedeem;

    /// 0, not 1, while nobody has deposited.
    function underlyingBalanceFromShares(uint256 shares) external view returns (uint256) {
        return totalSupply == 0 ? 0 : shares * totalUnderlyingSupply / totalSupply;
    }

    function sharesFromUnderlyingBalance(uint256 amount) external view returns (uint256) {
        return totalUnderlyingSupply == 0 ? 0 : amount * totalSupply / totalUnderlyingSupply;
    }

    /// The first deposit.
    function keeperOpen(uint256 supply, uint256 rate) external kept {
        totalUnderlyingSupply = worth(supply, rate);
        _setSupply(supply);
    }

    function keeperSupply(uint256 supply) external override kept {
        uint256 held = totalUnderlyingSupply;
        if (supply > totalSupply) totalUnderlyingSupply += (supply - totalSupply) * held / totalSupply + 1;
        else totalUnderlyingSupply -= (totalSupply - supply) * held / totalSupply;
        _setSupply(supply);
    }

    function keeperBalances(uint256 toDeposit, uint256 toRedeem) external kept {
        getBalanceToDeposit = toDeposit;
        getBalanceToRedeem = toRedeem;
    }

    /// Bring the rate to `rate`: earnings mint shares for the collector, a loss mints none and emits nothing.
    function keeperReport(uint256 rate) external kept {
        uint256 held = totalUnderlyingSupply;
        uint256 supply = totalSupply;
        uint256 wanted = worth(supply, rate);
        if (wanted <= held) {
            totalUnderlyingSupply = wanted;
            return;
        }
        uint256 earned = (wanted - held) * 10_000 / (10_000 - getGlobalFee) + 1;
        uint256 fee = earned * getGlobalFee;
        totalUnderlyingSupply = held + earned;
        _mint(COLLECTOR, fee * supply / (totalUnderlyingSupply * 10_000 - fee));
        emit RewardsEarned(COLLECTOR, held, supply, totalUnderlyingSupply, totalSupply);
    }
}

contract RedeemManager is Kept {
    uint256 public getRedeemDemand;
    uint256 public getRedeemRequestCount;

    function keeperSet(uint256 demand, uint256 count) external kept {
        getRedeemDemand = demand;
        getRedeemRequestCount = count;
    }
}
