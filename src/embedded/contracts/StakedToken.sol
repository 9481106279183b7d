// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {KEEPER, Kept} from "./Kept.sol";
import {NamedToken} from "./NamedToken.sol";

StakedToken constant CBETH = StakedToken(0xBe9895146f7AF43049ca1c1AE358B0541Ea49704);
address constant UPDATER = 0x9b37180d847B27ADC13C2277299045C1237Ae281;

/// The code of cbETH and of wBETH.
contract StakedToken is NamedToken {
    event ExchangeRateUpdated(address indexed oracle, uint256 newExchangeRate);

    /// What the oracle last wrote: 0, not 1, before its first rate.
    uint256 public exchangeRate;

    function updateExchangeRate(uint256 newExchangeRate) external {
        if (msg.sender != KEEPER && msg.sender != UPDATER) revert OnlyKeeper();
        exchangeRate = newExchangeRate;
        emit ExchangeRateUpdated(msg.sender, newExchangeRate);
    }
}

/// Coinbase's limit on updates: its event has the topic of the token's, and tells a change instead of a rate.
contract ExchangeRateUpdater is Kept {
    event ExchangeRateUpdated(address indexed caller, uint256 amount);

    function updateExchangeRate(uint256 newExchangeRate) external kept {
        uint256 last = CBETH.exchangeRate();
        emit ExchangeRateUpdated(msg.sender, newExchangeRate > last ? newExchangeRate - last : last - newExchangeRate);
        CBETH.updateExchangeRate(newExchangeRate);
    }
}
