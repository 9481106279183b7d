// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Kept} from "./Kept.sol";
import {text} from "./Text.sol";

/// What a Chainlink proxy answers; it emits nothing itself: on mainnet the aggregator behind it does.
abstract contract PriceFeed is Kept {
    int256 private answer;
    uint256 private updatedAt;
    uint80 private round;

    function decimals() external view virtual returns (uint8);
    function description() external view virtual returns (string memory);

    function version() external pure returns (uint256) {
        return 4;
    }

    function aggregator() external pure returns (address) {
        return address(uint160(uint256(keccak256("poolglass price aggregator"))));
    }

    function latestAnswer() external view returns (int256) {
        return answer;
    }

    function latestRoundData()
        external
        view
        returns (uint80 roundId, int256 value, uint256 startedAt, uint256 changedAt, uint80 answeredInRound)
    {
        require(updatedAt != 0, "No data present");
        return (round, answer, updatedAt, updatedAt, round);
    }

    function keeperAnswer(int256 value) external kept {
        answer = value;
        updatedAt = block.timestamp;
        round += 1;
    }
}

contract EthUsdFeed is PriceFeed {
    function decimals() external pure override returns (uint8) {
        return 8;
    }

    function description() external pure override returns (string memory) {
        return "ETH / USD";
    }
}

contract RethEthFeed is PriceFeed {
    function decimals() external pure override returns (uint8) {
        return 18;
    }

    function description() external pure override returns (string memory) {
        return "RETH / ETH";
    }
}

contract StethEthFeed is PriceFeed {
    function decimals() external pure override returns (uint8) {
        return 18;
    }

    function description() external pure override returns (string memory) {
        return "STETH / ETH";
    }
}

/// A feed of which the keeper says what it tells and with how many decimals.
contract NamedFeed is PriceFeed {
    uint8 private places;
    bytes32 private pair;

    function decimals() external view override returns (uint8) {
        return places;
    }

    function description() external view override returns (string memory) {
        return text(pair);
    }

    function keeperDescribe(uint256 decimalPlaces, bytes32 what) external kept {
        places = uint8(decimalPlaces);
        pair = what;
    }
}
